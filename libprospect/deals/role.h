/*
 * Who gave an information, which decides whether it is a lead ("piste") or a
 * project ("projet"): the role of the source weighs more than all else.
 */
#ifndef PSP_DEALS_ROLE_H
#define PSP_DEALS_ROLE_H

#include "libprospect/base/compiler.h"
#include "libprospect/base/slice.h"

enum psp_role {
	PSP_ROLE_UNKNOWN,
	PSP_ROLE_DECISION_MAKER,
	PSP_ROLE_CO_DECIDER,
	PSP_ROLE_INFLUENCER,
	PSP_ROLE_ASSISTANT,
	PSP_ROLE_PARTNER,
	PSP_ROLE_FRIEND,
	PSP_ROLE_PRESS,
	PSP_N_ROLES
};

/* What a deal is, or is called. */
enum psp_qualification {
	PSP_QUALIFICATION_NONE,
	PSP_QUALIFICATION_LEAD,
	PSP_QUALIFICATION_PROJECT
};

const char *psp_role_name(enum psp_role role);
const char *psp_qualification_name(enum psp_qualification qualification);

/* The role that a cell names in English or French ("décideur", "l'assistante",
 * "un ami"); false when it is none of ours. */
PSP_NODISCARD bool psp_role_read(struct psp_slice cell, enum psp_role *role);

/* "piste", "lead", "projet", "project"; false when it is neither. */
PSP_NODISCARD bool psp_qualification_read(
    struct psp_slice cell, enum psp_qualification *qualification);

#endif
