/* The reports on deals, one file each; inquiry.c has them in one table. */
#ifndef PSP_DEALS_REPORTS_H
#define PSP_DEALS_REPORTS_H

#include "libprospect/deals/inquiry.h"

extern const struct psp_inquiry_form psp_form_status, psp_form_check,
    psp_form_alerts, psp_form_qualify, psp_form_funnel, psp_form_time,
    psp_form_velocity, psp_form_winrate, psp_form_forecast, psp_form_backtest,
    psp_form_calibration, psp_form_coverage, psp_form_lost, psp_form_families,
    psp_form_pressure, psp_form_due, psp_form_priorities;

#endif
