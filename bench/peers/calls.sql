SELECT session, agent, count(*) AS calls,
	sum(CASE WHEN outcome = 'NRP' THEN 1 ELSE 0 END) AS nrp,
	sum(CASE WHEN outcome = 'RAPP' THEN 1 ELSE 0 END) AS rapp,
	sum(CASE WHEN outcome = 'REFUS' THEN 1 ELSE 0 END) AS refus,
	sum(CASE WHEN outcome = 'RDV' THEN 1 ELSE 0 END) AS rdv,
	sum(CASE WHEN outcome = 'HC' THEN 1 ELSE 0 END) AS hc,
	sum(CASE WHEN outcome = 'FAUX' THEN 1 ELSE 0 END) AS faux,
	sum(CASE WHEN outcome = 'ABS' THEN 1 ELSE 0 END) AS abs
FROM data GROUP BY session, agent ORDER BY session, agent
