NR > 1 { n[$2 FS $3]++; of[$2 FS $3 FS $6]++ }
END {
	print "session,agent,calls,nrp,rapp,refus,rdv,hc,faux,abs"
	for (key in n)
		print key, n[key], of[key FS "NRP"] + 0, of[key FS "RAPP"] + 0,
			of[key FS "REFUS"] + 0, of[key FS "RDV"] + 0,
			of[key FS "HC"] + 0, of[key FS "FAUX"] + 0,
			of[key FS "ABS"] + 0
}
