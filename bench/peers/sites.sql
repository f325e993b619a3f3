SELECT * FROM data
WHERE etatAdministratifEtablissement = 'A'
AND activitePrincipaleEtablissement IN ('62.01Z', '70.22Z', '71.12B')
AND dateCreationEtablissement > '1999-12-31'
AND trancheEffectifsEtablissement IN ('12', '21', '22', '31')
