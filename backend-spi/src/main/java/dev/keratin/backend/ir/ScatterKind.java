package dev.keratin.backend.ir;

/** What happens to an element that is written to. */
public enum ScatterKind {
    /** It is replaced; the last of several writers wins. */
    SET,
    /** The update is added; all writers count. */
    ADD,
    /** It is multiplied; all writers count. */
    MUL,
    /** The larger one stays; NaN wins. */
    MAX,
    /** The smaller one stays; NaN wins. */
    MIN
}
