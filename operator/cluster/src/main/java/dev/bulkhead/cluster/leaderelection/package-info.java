/** Which of several replicas writes. */
package dev.bulkhead.cluster.leaderelection;
