package dev.bulkhead.testkit;

/** The two control planes of the testkit. */
public enum ControlPlaneKind {
    /** {@link RealControlPlane}. */
    REAL {
        @Override
        public void prepare(ControlPlaneOptions options) {
            RealControlPlane.prepare(options);
        }

        @Override
        public ControlPlane start(ControlPlaneOptions options) {
            return RealControlPlane.start(options);
        }
    },
    /** {@link EmbeddedControlPlane}. */
    EMBEDDED {
        @Override
        public void prepare(ControlPlaneOptions options) {
            // A JDK is all it needs.
        }

        @Override
        public ControlPlane start(ControlPlaneOptions options) {
            return EmbeddedControlPlane.start(options);
        }
    };

    /**
     * Does what takes long the first time, so that {@link #start} takes seconds.
     *
     * @throws ControlPlaneUnavailableException if this machine cannot have such a control plane
     */
    public abstract void prepare(ControlPlaneOptions options);

    /**
     * Starts a control plane and returns when it is ready.
     *
     * @throws ControlPlaneUnavailableException if this machine cannot have such a control plane
     */
    public abstract ControlPlane start(ControlPlaneOptions options);
}
