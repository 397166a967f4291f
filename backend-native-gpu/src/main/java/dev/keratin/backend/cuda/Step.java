package dev.keratin.backend.cuda;

/** A part of a prepared program. */
@FunctionalInterface
interface Step {
    /** Asks the driver for the work; runs of one program never overlap. */
    void run(Frame frame);

    /** Whether the host waits in it for what the device has computed; work that is captured in a graph can't. */
    default boolean waits() {
        return false;
    }

    /** The same as a step that waits. */
    static Step waiting(Step step) {
        return new Step() {
            @Override
            public void run(Frame frame) {
                step.run(frame);
            }

            @Override
            public boolean waits() {
                return true;
            }
        };
    }
}
