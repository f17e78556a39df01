/** What the chart installs, as its templates say. The only package of the testkit that needs Helm on the class path. */
package dev.bulkhead.testkit.chart;
