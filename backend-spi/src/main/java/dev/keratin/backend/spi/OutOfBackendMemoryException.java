package dev.keratin.backend.spi;

/** Memory of a backend could not be had; its message names who asked, how much, and what is in use. */
public final class OutOfBackendMemoryException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** With a message for the user. */
    public OutOfBackendMemoryException(String message) {
        super(message);
    }
}
