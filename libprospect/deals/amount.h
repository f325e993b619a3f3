/*
 * Amounts of deals with the currency they are in. values/number.h reads euros;
 * a CRM writes others too: "1 200 $", "USD 1,200.50", "£900".
 */
#ifndef PSP_DEALS_AMOUNT_H
#define PSP_DEALS_AMOUNT_H

#include "libprospect/values/number.h"

enum { PSP_CURRENCY_SIZE = 4 };

/* Why a cell is no amount. */
enum psp_amount_result {
	PSP_AMOUNT_READ,
	PSP_AMOUNT_UNREAD,    /* no amount */
	PSP_AMOUNT_CURRENCIES /* of two currencies: "100 EUR USD" */
};

/*
 * Reads an amount in cents. `currency` is the ISO 4217 code that the cell
 * names by code or sign, empty when it names none.
 */
enum psp_amount_result psp_amount_read(struct psp_slice cell,
    enum psp_number_style style, int64_t *cents,
    char currency[PSP_CURRENCY_SIZE]);

/*
 * The ISO 4217 code of a cell that holds a currency alone: "eur", "Euro", "$".
 * Three letters that are none of our names are taken for a code. False when it
 * is none.
 */
bool psp_currency_read(struct psp_slice cell, char currency[PSP_CURRENCY_SIZE]);

#endif
