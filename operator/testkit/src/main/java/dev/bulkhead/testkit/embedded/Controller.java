package dev.bulkhead.testkit.embedded;

import java.util.stream.Stream;

/** A loop of the embedded control plane: looks at one object at a time and does what is due. */
interface Controller {

    /** Which objects to look at after a change. Called under the store's lock. */
    Stream<ObjectKey> concerned(ObjectChange change);

    /** Looks at an object, which may be gone by now. */
    void reconcile(ObjectKey key);
}
