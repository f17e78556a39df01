/** {@code bulkhead status}: how the rules of a team stand, and what others have to declare. */
package dev.bulkhead.app.status;
