/** What is asked: intents, segments, rules and peers, as they were declared and before anything is looked up. */
package dev.bulkhead.core.intent;
