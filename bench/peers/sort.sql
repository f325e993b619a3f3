SELECT *, CASE WHEN score >= 60 THEN 'hot' WHEN score >= 35 THEN 'potential'
	ELSE 'rest' END AS class
FROM (SELECT *, greatest(0, least(100,
	CASE WHEN department IN ('69', '38', '42', '73', '74') THEN 15 ELSE 0 END
	+ CASE WHEN naf LIKE '62%' OR naf LIKE '71%' THEN 12 ELSE 0 END
	+ CASE WHEN legal_form IN ('SAS', 'SA') THEN 8 ELSE 0 END
	+ CASE WHEN CAST(employees AS INTEGER) BETWEEN 10 AND 249
		THEN 14 ELSE 0 END
	+ CASE WHEN creation_date < '2015-01-01' THEN 6 ELSE 0 END
	+ CASE WHEN CAST(revenue AS BIGINT) >= 1000000 THEN 12 ELSE 0 END
	+ CASE WHEN CAST(export_revenue AS BIGINT) > 0 THEN 7 ELSE 0 END
	+ CASE WHEN CAST(profit AS BIGINT) < 0 THEN -10 ELSE 0 END
	+ CASE WHEN CAST(rating AS INTEGER) >= 60 THEN 16 ELSE 0 END
	+ CASE WHEN lower(description) LIKE '%logiciel%'
		OR lower(description) LIKE '%numérique%' THEN 10 ELSE 0 END
)) AS score FROM data) AS scored
ORDER BY score DESC
