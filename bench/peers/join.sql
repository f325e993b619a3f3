SELECT * FROM data WHERE siren IN (
	SELECT siren FROM signals WHERE signal = 'new_sites'
	AND date BETWEEN '2024-10-01' AND '2024-12-31')
