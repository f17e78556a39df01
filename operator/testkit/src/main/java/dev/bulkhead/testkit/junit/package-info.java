/** Control planes for JUnit 5 tests. The only package of the testkit that needs JUnit on the class path. */
package dev.bulkhead.testkit.junit;
