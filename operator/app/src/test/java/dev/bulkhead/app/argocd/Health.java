package dev.bulkhead.app.argocd;

/** How an object is, in Argo CD's words. */
record Health(String status, String message) {}
