/*
 * Files of what happens to companies: `calls` of a telephone campaign,
 * `signals` in the columns that prospect-filter joins, `deals` under way and
 * their `moves`.
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

const char *const bench_moves_header[] = {
	"deal",
	"date",
	"from",
	"to",
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

/* A deal before it is written: what it says, and four days. */
struct deal {
	const char *stage, *form, *trade, *owner, *families, *source;
	uint64_t company, amount;
	struct text days[4]; /* created, stage, decision, next step */
};

static void
draw_deal(struct rows *rows, struct deal *deal)
{
	static const char *const stages[] = { "nouveau", "piste", "projet",
		"a_suivre", "rdv", "devis", "chaud", "froid", "perdu",
		"client" };
	static const char *const families[] = { "machines", "pièces",
		"entretien", "machines|entretien" };
	static const char *const sources[] = { "salon", "signal", "appel",
		"recommandation" };
	struct draw *draw = &rows->draw;

	deal->stage = DRAW_ONE(draw, stages);
	deal->company = draw_company(rows);
	deal->form = DRAW_ONE(draw, bench_forms);
	deal->trade = DRAW_ONE(draw, bench_trades);
	deal->amount = 500 * (uint64_t)draw_between(draw, 1, 400);
	deal->owner = DRAW_ONE(draw, agents);
	deal->families = DRAW_ONE(draw, families);
	deal->source = DRAW_ONE(draw, sources);
	for (uint32_t i = 0; i < 4; i++) {
		deal->days[i].size = 0;
		text_add_date(&deal->days[i], draw, 2022 + i, 2022 + i);
	}
}

static void
write_deal_number(struct rows *rows, uint64_t index)
{
	struct text number = { .size = 0 };

	text_add_char(&number, 'D');
	text_add_number(&number, index + 1, 7);
	rows_text(rows, &number);
}

void
bench_deals_row(struct rows *rows, uint64_t index)
{
	struct text siren = { .size = 0 }, name = { .size = 0 };
	struct deal deal;

	draw_deal(rows, &deal);
	write_deal_number(rows, index);
	text_add_siren(&siren, deal.company);
	rows_text(rows, &siren);
	text_add(&name, deal.form);
	text_add_char(&name, ' ');
	text_add(&name, deal.trade);
	rows_text(rows, &name);
	rows_string(rows, deal.stage);
	rows_number(rows, deal.amount);
	rows_string(rows, deal.owner);
	rows_string(rows, deal.families);
	rows_string(rows, deal.source);
	for (size_t i = 0; i < 4; i++)
		rows_text(rows, &deal.days[i]);
}

/* Five moves a deal of the same seed and companies, the last to its stage. */
void
bench_moves_row(struct rows *rows, uint64_t index)
{
	static const char *const way[] = { "nouveau", "piste", "projet",
		"a_suivre", "rdv" };
	const uint64_t n = sizeof(way) / sizeof(way[0]), step = index % n;
	struct text day = { .size = 0 };
	struct deal deal;

	if (step == 0) {
		draw_deal(rows, &deal);
		rows->stage = deal.stage;
		rows->stage_date = deal.days[1];
	}
	write_deal_number(rows, index / n);
	if (step + 1 < n) {
		/* After its opening, before it came to its stage. */
		text_add(&day, "2022-12-");
		text_add_number(&day, 28 + step, 2);
		rows_text(rows, &day);
	} else {
		rows_text(rows, &rows->stage_date);
	}
	rows_string(rows, way[step]);
	rows_string(rows, step + 1 < n ? way[step + 1] : rows->stage);
}
