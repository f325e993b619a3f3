/*
 * French activity codes (NAF, APE): rév. 2 of 2008 (732 sub-classes, last
 * letter Z, A-F) and NAF 2025 (747, last letter Y, G, H, J, K, L), which share
 * no sub-class. Of older ones 99.9A (NAF 1993, rév. 1) is no code; 99.99 (NAP)
 * looks like a class, and only the nomenclature beside it can tell. Source:
 * INSEE.
 */
#ifndef PSP_VALUES_NAF_H
#define PSP_VALUES_NAF_H

#include "libprospect/base/compiler.h"
#include "libprospect/base/slice.h"

enum psp_naf_version {
	PSP_NAF_ANY, /* above the sub-class the code does not tell */
	PSP_NAF_REV2,
	PSP_NAF_2025
};

enum psp_naf_level {
	PSP_NAF_SECTION = 1,
	PSP_NAF_DIVISION,
	PSP_NAF_GROUP,
	PSP_NAF_CLASS,
	PSP_NAF_SUBCLASS
};

enum psp_naf_result {
	PSP_NAF_READ,
	PSP_NAF_SHAPE,  /* looks like no code */
	PSP_NAF_UNKNOWN /* right shape, in no list */
};

/* `digits` holds the code without its point: "6201Z", "62", or a section. */
struct psp_naf {
	char digits[6];
	enum psp_naf_level level;
	enum psp_naf_version version;
};

/*
 * Reads `62.01Z`, `6201Z`, lower case, spaces, the shorter shapes with their
 * point or without, and a sub-class with its label behind. `naf` is filled for
 * UNKNOWN too.
 */
PSP_NODISCARD enum psp_naf_result psp_naf_read(
    struct psp_slice cell, struct psp_naf *naf);

/* Writes the usual form with its point ("62.01Z") and a NUL. */
void psp_naf_format(const struct psp_naf *naf, char text[8]);

/* The section letter of a division (two digits) in a version, 0 if none; for
 * PSP_NAF_ANY the one that both give. */
char psp_naf_section(const char *division, enum psp_naf_version version);

/* First and last division of a section (10 and 33); false if unknown, or for
 * PSP_NAF_ANY if the versions differ. */
bool psp_naf_section_divisions(
    char section, enum psp_naf_version version, int *first, int *last);

/* The short label of a nomenclature as Sirene writes it ("NAFRev2",
 * "NAF2025"); PSP_NAF_ANY for any other: an older nomenclature. */
enum psp_naf_version psp_naf_version_find(struct psp_slice nomenclature);

#endif
