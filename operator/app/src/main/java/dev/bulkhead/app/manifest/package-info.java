/** Manifests as people write them: files, YAML with the lines it stands on, and what is wrong with it. */
package dev.bulkhead.app.manifest;
