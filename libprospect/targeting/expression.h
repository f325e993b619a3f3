/*
 * Conditions in one line, for `-e`:
 *
 *   or:    and { 'or' and }
 *   and:   not { 'and' not }
 *   not:   'not' not | '(' or ')' | test
 *   test:  NAME OP VALUE | NAME ['not'] 'in' '(' VALUE {',' VALUE} ')'
 *        | NAME ['not'] 'between' VALUE 'and' VALUE | NAME ['not'] 'empty'
 *
 * NAME may stand in […] when it has spaces; a value in […] is another column.
 * Bare words that follow one another are one value: `within 12 months`.
 */
#ifndef PSP_TARGETING_EXPRESSION_H
#define PSP_TARGETING_EXPRESSION_H

#include "libprospect/targeting/condition.h"

/*
 * Reads `text`; problems carry the file "-e", line 1 and the character's number
 * from 1 as column. NULL when a problem was added, or with PSP_ENOMEM.
 */
PSP_NODISCARD struct psp_condition *psp_expression_parse(
    const struct psp_condition_rules *rules, struct psp_slice text,
    struct psp_problems *problems, struct psp_error *err);

#endif
