/*
 * Files of what happens to companies: `calls` of a telephone campaign,
 * `signals` in the columns that prospect-filter joins, `deals` under way.
 */
#include "bench/kinds.h"
#include "bench/words.h"

const char *const bench_calls_header[] = {
	"date_time",
	"session",
	"agent",
	"company",
	"contact",
	"outcome",
	"reason",
	"duration",
	NULL,
};

const char *const bench_signals_header[] = {
	"siren",
	"date",
	"signal",
	"title",
	"source",
	NULL,
};

const char *const bench_deals_header[] = {
	"deal",
	"siren",
	"name",
	"stage",
	"amount",
	"owner",
	"families",
	"source",
	"created",
	"stage_date",
	"decision_date",
	"next_date",
	NULL,
};

static const char *const agents[] = { "amélie", "bruno", "chloé", "david",
	"élodie", "farid", "gaëlle", "hugo", "inès", "julien", "karim", "léa" };

/* The company that the event of a row is about. */
static uint64_t
draw_company(struct rows *rows)
{
	return draw_below(&rows->draw, (uint32_t)rows->n_companies);
}

/* Sessions of 12,500 calls follow one another day by day. */
void
bench_calls_row(struct rows *rows, uint64_t index)
{
	static const char *const outcomes[] = { "NRP", "NRP", "NRP", "NRP",
		"RAPP", "RAPP", "REFUS", "REFUS", "RDV", "HC", "FAUX", "ABS" };
	static const char *const reasons[] = { "", "", "", "pas intéressé",
		"déjà équipé", "budget", "rappeler en septembre",
		"absent, rappeler lundi", "a un fournisseur", "en réunion",
		"standard", "mauvais numéro" };
	struct draw *draw = &rows->draw;
	struct text when = { .size = 0 }, session = { .size = 0 },
		    company = { .size = 0 }, contact = { .size = 0 };
	uint64_t n_sessions = index / 12500;

	text_add(&when, "20");
	text_add_number(&when, 24 + n_sessions / 336 % 76, 2);
	text_add_char(&when, '-');
	text_add_number(&when, 1 + n_sessions / 28 % 12, 2);
	text_add_char(&when, '-');
	text_add_number(&when, 1 + n_sessions % 28, 2);
	text_add_char(&when, ' ');
	text_add_time(&when, draw, 9, 17);
	rows_text(rows, &when);
	text_add_char(&session, 'S');
	text_add_number(&session, n_sessions, 4);
	rows_text(rows, &session);
	rows_string(rows, DRAW_ONE(draw, agents));
	text_add(&company, DRAW_ONE(draw, bench_forms));
	text_add_char(&company, ' ');
	text_add(&company, DRAW_ONE(draw, bench_trades));
	text_add_char(&company, ' ');
	text_add_number(&company, draw_below(draw, 5000), 1);
	rows_text(rows, &company);
	text_add(&contact, draw_chance(draw, 50) ? "M. " : "Mme ");
	text_add(&contact, DRAW_ONE(draw, bench_trades));
	rows_text(rows, &contact);
	rows_string(rows, DRAW_ONE(draw, outcomes));
	rows_string(rows, DRAW_ONE(draw, reasons));
	rows_number(rows, draw_below(draw, 600));
}

void
bench_signals_row(struct rows *rows, uint64_t index)
{
	static const char *const codes[] = { "buzz", "hr_moves", "new_sites",
		"fin_publications", "developing", "fin_growth", "distress",
		"innovative", "international_move" };
	static const char *const titles[] = { "Ouvre un site",
		"Nomme un directeur industriel", "Publie ses comptes",
		"Recrute, forme et s'agrandit", "Dépose un brevet" };
	static const char *const sources[] = { "presse", "bodacc", "site" };
	struct draw *draw = &rows->draw;
	struct text siren = { .size = 0 }, date = { .size = 0 };

	(void)index;
	text_add_siren(&siren, draw_company(rows));
	rows_text(rows, &siren);
	text_add_date(&date, draw, 2022, 2024);
	rows_text(rows, &date);
	rows_string(rows, DRAW_ONE(draw, codes));
	rows_string(rows, DRAW_ONE(draw, titles));
	rows_string(rows, DRAW_ONE(draw, sources));
}

void
bench_deals_row(struct rows *rows, uint64_t index)
{
	static const char *const stages[] = { "nouveau", "piste", "projet",
		"a_suivre", "rdv", "devis", "chaud", "froid", "perdu",
		"client" };
	static const char *const families[] = { "machines", "pièces",
		"entretien", "machines|entretien" };
	static const char *const sources[] = { "salon", "signal", "appel",
		"recommandation" };
	struct draw *draw = &rows->draw;
	struct text deal = { .size = 0 }, siren = { .size = 0 },
		    name = { .size = 0 }, date = { .size = 0 };
	const char *stage = DRAW_ONE(draw, stages);

	text_add_char(&deal, 'D');
	text_add_number(&deal, index + 1, 7);
	rows_text(rows, &deal);
	text_add_siren(&siren, draw_company(rows));
	rows_text(rows, &siren);
	text_add(&name, DRAW_ONE(draw, bench_forms));
	text_add_char(&name, ' ');
	text_add(&name, DRAW_ONE(draw, bench_trades));
	rows_text(rows, &name);
	rows_string(rows, stage);
	rows_number(rows, 500 * (uint64_t)draw_between(draw, 1, 400));
	rows_string(rows, DRAW_ONE(draw, agents));
	rows_string(rows, DRAW_ONE(draw, families));
	rows_string(rows, DRAW_ONE(draw, sources));
	for (uint32_t year = 2022; year <= 2025; year++) {
		date.size = 0;
		text_add_date(&date, draw, year, year);
		rows_text(rows, &date);
	}
}
