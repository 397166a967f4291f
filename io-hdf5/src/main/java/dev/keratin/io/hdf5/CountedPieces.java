package dev.keratin.io.hdf5;

import java.nio.ByteBuffer;
import java.util.Iterator;

/** The pieces of a dataset, seen to be whole elements that add up to its size while they go by. */
record CountedPieces(H5Dataset dataset, Iterable<ByteBuffer> pieces) implements Iterable<ByteBuffer> {
    @Override
    public Iterator<ByteBuffer> iterator() {
        Iterator<ByteBuffer> source = pieces.iterator();
        return new Iterator<>() {
            private long seen;

            @Override
            public boolean hasNext() {
                boolean more = source.hasNext();
                if (!more) {
                    require(seen == dataset.byteSize());
                }
                return more;
            }

            @Override
            public ByteBuffer next() {
                ByteBuffer piece = source.next().duplicate();
                seen += piece.remaining();
                require(seen <= dataset.byteSize() && seen % dataset.type().size() == 0);
                return piece;
            }

            private void require(boolean holds) {
                if (!holds) {
                    throw new IllegalArgumentException("H5Writer " + H5Path.show(dataset.path())
                            + ": the pieces must be whole elements that add up to " + dataset.byteSize()
                            + " bytes. Received: " + seen + " bytes so far, for " + dataset + ". Check the pieces.");
                }
            }
        };
    }
}
