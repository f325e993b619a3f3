/* The only file that knows extensions of the compiler. */
#ifndef PSP_BASE_COMPILER_H
#define PSP_BASE_COMPILER_H

#if defined(__GNUC__) || defined(__clang__)
#define PSP_NODISCARD __attribute__((warn_unused_result))
#define PSP_PRINTF(place, first) __attribute__((format(printf, place, first)))
#define PSP_FORMAT_OF(place) __attribute__((format_arg(place)))
#define PSP_LIKELY(condition) __builtin_expect(!!(condition), 1)
/* Not in a function that does nothing else: gcc takes that for one without any
 * effect, and leaves out its calls. */
#define PSP_PREFETCH(address) __builtin_prefetch(address)
#define PSP_UNLIKELY(condition) __builtin_expect(!!(condition), 0)
/* For what is seldom gone through, so that its frame does not burden what is
 * gone through all the time. */
#define PSP_NOINLINE __attribute__((noinline))
/* For the loops that take most of the time. */
#define PSP_ALWAYS_INLINE inline __attribute__((always_inline))
#else
#define PSP_NODISCARD
#define PSP_PRINTF(place, first)
#define PSP_FORMAT_OF(place)
#define PSP_LIKELY(condition) (condition)
#define PSP_PREFETCH(address) ((void)(address))
#define PSP_UNLIKELY(condition) (condition)
#define PSP_NOINLINE
#define PSP_ALWAYS_INLINE inline
#endif

/* What four or eight bytes in memory say, the first being the lowest. */
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
#define PSP_LITTLE_ENDIAN4(word) __builtin_bswap32(word)
#define PSP_LITTLE_ENDIAN8(word) __builtin_bswap64(word)
#else
#define PSP_LITTLE_ENDIAN4(word) (word)
#define PSP_LITTLE_ENDIAN8(word) (word)
#endif

#endif
