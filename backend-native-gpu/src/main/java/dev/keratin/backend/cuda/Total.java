package dev.keratin.backend.cuda;

/**
 * What the elements of lines are joined to.
 *
 * @param name of the variable that a thread joins its elements in, an array
 * @param fold how
 */
record Total(String name, Fold fold) {
    /** The statement that declares the variable. */
    String declare() {
        return fold.type() + " " + name + "[W]; " + clear();
    }

    /** The statement after which nothing has been joined. */
    String clear() {
        return "EACH(k, W) " + name + "[k] = " + fold.none() + ";";
    }

    /** The statement that joins one more element of each column. */
    String join(String element) {
        return "EACH(k, W) " + name + "[k] = " + fold.functor() + "::join(" + name + "[k], " + element + ");";
    }

    /** The statement that joins one more result of each. */
    String joinPart(String result) {
        return join(result).replace("EACH(k, W)", "EACH(k, R)");
    }

    /** The statement that stores the results of a thread from an element on. */
    String store(String place) {
        return "EACH(k, R) " + place + " = " + fold.store() + name + "[k]" + fold.stored() + ";";
    }

    /** The same where these results are joined further. */
    String storePart(String place) {
        return "EACH(k, R) " + place + " = " + name + "[k];";
    }
}
