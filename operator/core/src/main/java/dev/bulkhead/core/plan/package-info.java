/** From the policies there are to the policies there should be: writes in an order of which every prefix is safe. */
package dev.bulkhead.core.plan;
