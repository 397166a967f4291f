package dev.keratin;

/**
 * The functions on tensors that everybody uses, under their {@code keras.ops} names in camelCase. They take concrete,
 * traced and symbolic tensors alike.
 *
 * <p>Element types follow Keras: {@link DTypes#resultType} for two operands, floatx for functions of real numbers on
 * integers. A Java number beside a tensor takes the tensor's type. What can't be computed throws
 * {@link IllegalArgumentException}, which says what is required, what was received and what to do.
 */
public final class Ops extends SequenceOps {
    private Ops() {}
}
