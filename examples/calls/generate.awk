# An invented month of calls: three agents, a session of three hours a day, a
# file of companies that comes to its end. Planted in it:
#
#   fatigue           of ten pitches six lead to an appointment in the first
#                     hour of a session, four in the second, two in the third
#   end of the file   companies called for the first time are nine in ten in
#                     the first days, two in ten in the last; those called
#                     again say yes half as often
#
# and neither another target (the segments keep their shares) nor a shrinking
# market. The same file from every awk: the random numbers are its own.

function chance(n) # a whole number from 0 to n - 1
{
	seed = (seed * 16807) % 2147483647
	return int(seed / 2147483647 * n)
}

function one_of(list,    parts, n)
{
	n = split(list, parts, "|")
	return parts[1 + chance(n)]
}

function new_company()
{
	n_companies++
	siren[n_companies] = sprintf("999 %03d %03d", chance(1000), n_companies % 1000)
	company[n_companies] = one_of("Atelier|Brasserie|Clinique|Fonderie|Imprimerie|Menuiserie|Serres|Transports") \
		" " one_of("Aubevoie|Bellelune|Clairfont|Dormelle|Esperanne|Fontbrune|Grandval|Hauterive|Louvaine|Marcelune|Nivernelle|Ombreval") \
		" " n_companies
	contact[n_companies] = one_of("M.|Mme") " " \
		one_of("Arvel|Belorme|Castaing-Roy|Delaubre|Evrelin|Faugeron|Gravelas|Humbrecy|Jorlaine|Kermadel")
	title[n_companies] = one_of("direction|achats|technique")
	segment[n_companies] = one_of("industrie|industrie|services|commerce")
	file[n_companies] = one_of("salon|annuaire|site")
	return n_companies
}

# What becomes of a call: the outcome and, by need, the other cells.
function call(who, hour,    p)
{
	reason = barrier = help = trouble = next_date = ""
	p = chance(100)
	if (p < 22) {
		talk = 5 + chance(15)
		return "NRP"
	}
	if (p < 32) {
		talk = 20 + chance(20)
		trouble = "messagerie"
		return "REP"
	}
	if (p < 35) {
		talk = 10
		return "FN"
	}
	if (p < 58) {
		talk = 30 + chance(60)
		barrier = one_of("filtre|filtre|standard")
		trouble = one_of("||attente|mauvais aiguillage")
		if (chance(10) < 4)
			next_date = day_text(day + 1 + chance(9))
		return one_of("RAPP|RAPP|BARR")
	}
	if (p < 60) {
		talk = 25
		barrier = "standard"
		return "PARTI"
	}
	talk = 120 + chance(300)
	if (chance(10) < 6) {
		barrier = one_of("filtre|standard")
		help = one_of("|ligne directe|bon moment")
	}
	if (p < 63)
		return "HC"
	if (chance(100) < (60 - 20 * hour) * (is_new ? 1 : 0.5)) {
		reason = one_of("besoin|besoin|prix|recommandation|")
		return "RDV"
	}
	reason = one_of("budget|budget|budget|trop tôt|trop tôt|concurrent|pas de besoin|")
	if (reason == "trop tôt" && chance(2) == 0) {
		next_date = one_of("janvier 2027|1er trimestre 2027|" day_text(day + 30))
		return "RELANCE"
	}
	if (chance(12) == 0) {
		next_date = one_of("fin novembre|février 2027")
		return "PROJET"
	}
	return "REFUS"
}

function day_text(n)
{
	return n <= 30 ? sprintf("%02d/11/2026", n) : sprintf("%02d/12/2026", n - 30)
}

BEGIN {
	seed = 20261102
	print "Date;Heure;Agent;SIREN;Société;Interlocuteur;Fonction;Segment;Source;Résultat;Motif;Barrage;Aide;Difficulté;Rappel le;Durée"
	split("Adèle Bruno Chloé", agents, " ")
	for (day = 2; day <= 27; day++) {
		if ((day - 2) % 7 > 4 || day == 11)
			continue
		for (i = 0; i < 40; i++)
			for (agent = 1; agent <= 3; agent++) {
				at = i * 264 + agent * 60 + chance(50)
				is_new = chance(100) < 94 - 3 * day || n_companies < 50
				who = is_new ? new_company() : 1 + chance(n_companies)
				outcome = call(who, int(at / 3600))
				at += 9 * 3600
				printf "%s;%dh%02d;%s;%s;%s;%s;%s;%s;%s;%s;%s;%s;%s;%s;%s;%d:%02d:%02d\n",
					day_text(day), at / 3600, at % 3600 / 60, agents[agent],
					siren[who], company[who], contact[who], title[who],
					segment[who], file[who], outcome, reason, barrier, help,
					trouble, next_date, 0, talk / 60, talk % 60
			}
	}
}
