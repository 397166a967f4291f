package dev.keratin.backend.cuda;

/** What plans of cuDNN's graphs are made for: a device, or the description of one. */
interface GraphTarget {
    /** Tells what calls answer. */
    CudnnStatus status();

    /** Completes the descriptor of a graph. */
    Descriptor graph(Descriptor descriptor);

    /** Completes that of heuristics. */
    Descriptor heuristics(Descriptor descriptor);

    /** Completes that of a plan. */
    Descriptor plan(Descriptor descriptor);
}
