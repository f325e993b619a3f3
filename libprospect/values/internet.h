/* E-mail addresses and domains in a form that can be compared. */
#ifndef PSP_VALUES_INTERNET_H
#define PSP_VALUES_INTERNET_H

#include "libprospect/base/buffer.h"

/* Appends the domain of an e-mail address, a URL or a bare domain in lower
 * case, without `www.`; nothing when it has none. PSP_ENOMEM. */
PSP_NODISCARD bool psp_domain_normal(
    struct psp_buffer *buffer, struct psp_slice cell, struct psp_error *err);

/* Appends the address in lower case, without white space around it, `mailto:`
 * or a name; nothing when it is no address: one `@`, something before it and a
 * domain after it. PSP_ENOMEM. */
PSP_NODISCARD bool psp_email_normal(
    struct psp_buffer *buffer, struct psp_slice cell, struct psp_error *err);

#endif
