package dev.keratin.data;

/** Batches that are made by number, such as files that are read one by one: what {@code keras.utils.PyDataset} is. */
public interface BatchSource {
    /** How many batches there are. */
    int size();

    /**
     * Makes a batch; it belongs to the caller.
     *
     * @param index from 0 to {@code size() - 1}
     */
    Batch get(int index);

    /** Called after each pass. */
    default void onEpochEnd() {}
}
