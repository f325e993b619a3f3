SELECT * FROM data
WHERE department IN ('01', '02', '03', '06', '13', '14', '21', '22', '25', '29',
	'30', '31', '33', '34', '35', '37', '38', '42', '44', '45', '49', '51',
	'54', '56', '57', '59', '60', '62', '63', '64')
AND CAST(employees AS INTEGER) >= 3
AND creation_date > '1979-12-31'
AND CAST(revenue AS BIGINT) >= 200000
AND (lower(description) LIKE '%industrie%'
	OR lower(description) LIKE '%export%'
	OR lower(description) LIKE '%énergie%'
	OR lower(description) LIKE '%logistique%')
