package dev.bulkhead.core.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which names a glob means. */
class EnrolTest {

    @ParameterizedTest
    @CsvSource({
        "shop, shop, true",
        "shop, shop-eu, false",
        "*, shop, true",
        "*, '', true",
        "shop*, shop, true",
        "*shop, my-shop, true",
        "*shop, shop-eu, false",
        "s*p, sp, true",
        "s**p, sp, true",
        "s*h*p, shop, true",
        "*h*, h, true",
        "*sh*op*, shop, true"
    })
    void aStarIsAnyCharactersOrNone(String pattern, String name, boolean meant) {
        assertEquals(meant, Enrol.matches(pattern, name), pattern + " " + name);
    }

    @ParameterizedTest
    @CsvSource({
        "aba*aba, aba",
        "aba*aba, ababa",
        "a*b*b, ab",
        "a*bb*b, abb",
        "a*a*b, ab",
        "*ab*ab*, ab",
        "*ab*ab*, aba",
        "*aba*aba*, ababa"
    })
    void noCharacterCountsTwice(String pattern, String name) {
        assertEquals(false, Enrol.matches(pattern, name), pattern + " " + name);
    }

    @ParameterizedTest
    @CsvSource({"aba*aba, abaaba", "a*b*b, abb", "a*b*c, abc", "*ab*ab*, abab"})
    void whatFollowsAtOnceIsMeantToo(String pattern, String name) {
        assertEquals(true, Enrol.matches(pattern, name), pattern + " " + name);
    }

    @ParameterizedTest
    @CsvSource({"*b*a*, ab", "*ab*cd*, cdab", "a*c*d, abd"})
    void partsStandInTheirOrder(String pattern, String name) {
        assertEquals(false, Enrol.matches(pattern, name), pattern + " " + name);
    }
}
