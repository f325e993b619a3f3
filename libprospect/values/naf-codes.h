/*
 * The lists behind naf.c. Source: INSEE, NAF rév. 2 (2008) and NAF 2025.
 *
 * Sub-classes are sorted, five bytes each without their point, one after the
 * other; labels are not needed here. Sections are one letter for each of the
 * divisions 00 to 99, a point where there is none.
 */
#ifndef PSP_VALUES_NAF_CODES_H
#define PSP_VALUES_NAF_CODES_H

enum {
	PSP_NAF_CODE_SIZE = 5,
	PSP_NAF_REV2_COUNT = 732,
	PSP_NAF_2025_COUNT = 747
};

extern const char psp_naf_rev2_codes[];
extern const char psp_naf_2025_codes[];
extern const char psp_naf_rev2_sections[];
extern const char psp_naf_2025_sections[];

#endif
