/** {@code bulkhead plan}: what declarations would do, before anything is applied. */
package dev.bulkhead.app.plan;
