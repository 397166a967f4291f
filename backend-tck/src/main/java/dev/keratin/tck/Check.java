package dev.keratin.tck;

/**
 * A named test of a backend's behaviour.
 *
 * @param name unique in the suite
 * @param body fails by throwing
 */
record Check(String name, Body body) {
    /** What is tested. */
    interface Body {
        void run() throws Exception;
    }
}
