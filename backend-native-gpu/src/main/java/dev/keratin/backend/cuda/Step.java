package dev.keratin.backend.cuda;

/** A part of a prepared program. */
@FunctionalInterface
interface Step {
    /** Asks the driver for the work; runs of one program never overlap. */
    void run(Frame frame);
}
