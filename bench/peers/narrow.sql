SELECT * FROM data
WHERE department IN ('69', '38', '42', '73', '74')
AND CAST(employees AS INTEGER) BETWEEN 10 AND 250
AND creation_date > '1999-12-31'
AND CAST(revenue AS BIGINT) >= 1000000
AND lower(description) LIKE '%logiciel%'
