package dev.keratin.io.hdf5;

import static org.bytedeco.hdf5.global.hdf5.H5Treclaim;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;

/** Strings of variable length, which libhdf5 takes and gives as arrays of pointers. */
final class NativeStrings {
    /** A call that fills or reads an array of elements. */
    @FunctionalInterface
    interface Transfer {
        int run(Pointer elements);
    }

    private NativeStrings() {}

    static List<String> read(int count, long type, long space, Transfer read) throws IOException {
        List<String> values = new ArrayList<>(count);
        try (PointerPointer<BytePointer> pointers = new PointerPointer<>(Math.max(1, count))) {
            for (int i = 0; i < count; i++) {
                pointers.put(i, (Pointer) null);
            }
            NativeLibrary.check(read.run(pointers));
            for (int i = 0; i < count; i++) {
                BytePointer text = pointers.get(BytePointer.class, i);
                values.add(text == null ? "" : text.getString(StandardCharsets.UTF_8));
            }
            H5Treclaim(type, space, NativeLibrary.DEFAULT, pointers);
        }
        return values;
    }

    static void write(List<String> values, Transfer write) throws IOException {
        BytePointer[] texts = new BytePointer[values.size()];
        try (PointerPointer<BytePointer> pointers = new PointerPointer<>(Math.max(1, texts.length))) {
            for (int i = 0; i < texts.length; i++) {
                texts[i] = NativeLibrary.utf8(values.get(i));
                pointers.put(i, texts[i]);
            }
            NativeLibrary.check(write.run(pointers));
        } finally {
            for (BytePointer text : texts) {
                if (text != null) {
                    text.close();
                }
            }
        }
    }
}
