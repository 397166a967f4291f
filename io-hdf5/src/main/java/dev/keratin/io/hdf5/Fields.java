package dev.keratin.io.hdf5;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The fields of a file: little-endian numbers at addresses that may be anything, each checked to lie within the file.
 *
 * <p>Also the maker of the reader's messages.
 */
final class Fields implements AutoCloseable {
    /** The address that stands for "none". */
    static final long UNDEFINED = -1;

    private static final int PAGE = 1 << 13;
    private static final int PAGES = 256;

    private final String name;
    private final ByteSource source;
    private final Map<Long, byte[]> pages = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, byte[]> eldest) {
            return size() > PAGES;
        }
    };
    private long lastNumber = -1;
    private byte[] lastPage = {};

    Fields(String name, ByteSource source) {
        this.name = name;
        this.source = source;
    }

    long size() {
        return source.size();
    }

    /**
     * The most bytes that compressed or repeated content of this file can stand for: deflate cannot do better than
     * 1032 to 1.
     */
    long expansionLimit() {
        return expansionLimit(size());
    }

    /** The limit for a file of {@code size} bytes. */
    static long expansionLimit(long size) {
        return size < Long.MAX_VALUE >> 12 ? size * 1100 + (1 << 20) : Long.MAX_VALUE;
    }

    /** Checks that {@code length} bytes at {@code at} lie within the file. */
    void check(long at, long length, String what) throws H5Exception {
        if (at < 0 || length < 0 || length > size() - at) {
            throw damaged(at, what + " of " + length + " bytes that lies outside the file");
        }
    }

    int u8(long at) throws H5Exception {
        if (at < 0 || at >= size()) {
            throw damaged(at, "an address outside the file");
        }
        return page(at / PAGE)[(int) (at % PAGE)] & 0xff;
    }

    int u16(long at) throws H5Exception {
        return u8(at) | u8(at + 1) << 8;
    }

    long u32(long at) throws H5Exception {
        return u16(at) | (long) u16(at + 2) << 16;
    }

    /** A 64-bit number; as an address, all ones are {@link #UNDEFINED}. */
    long i64(long at) throws H5Exception {
        return u32(at) | u32(at + 4) << 32;
    }

    /** A number of 1 to 8 bytes. */
    long number(long at, int width) throws H5Exception {
        long value = 0;
        for (int i = width - 1; i >= 0; i--) {
            value = value << 8 | u8(at + i);
        }
        return value;
    }

    /** A copy of bytes, after a check that they are there. */
    byte[] bytes(long at, long length, String what) throws H5Exception {
        check(at, length, what);
        if (length > Integer.MAX_VALUE - 16) {
            throw unsupported(at, what + " of " + length + " bytes");
        }
        byte[] copy = new byte[(int) length];
        read(at, ByteBuffer.wrap(copy));
        return copy;
    }

    /** Fills {@code target}; the bytes are checked to be there. */
    void read(long at, ByteBuffer target) throws H5Exception {
        check(at, target.remaining(), "data");
        try {
            source.read(at, target);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** Checks the four letters that mark a structure. */
    void signature(long at, String letters) throws H5Exception {
        for (int i = 0; i < letters.length(); i++) {
            if (u8(at + i) != letters.charAt(i)) {
                throw damaged(at, "something else where a block marked " + letters + " must be");
            }
        }
    }

    /** The text up to the first NUL, or all of it. */
    static String text(byte[] bytes) {
        int end = 0;
        while (end < bytes.length && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8);
    }

    /** The message for content that no HDF5 library writes. */
    H5Exception damaged(long at, String what) {
        return new H5Exception(H5Exception.file(name), "the file must be undamaged HDF5", what + ", at byte " + at,
                "Get it again from where it came from");
    }

    /** The message for content that may be sound but isn't known to this reader. */
    H5Exception unsupported(long at, String what) {
        return new H5Exception(H5Exception.file(name), "the file must keep to the part of HDF5 that Keras writes",
                what + ", at byte " + at, "If you trust the file, read it with -D" + H5Engine.PROPERTY + "=native");
    }

    /** The message for data that the file reaches out for. */
    H5Exception detour(long at, String what) {
        return new H5Exception(H5Exception.file(name), "the file must hold all its data itself, each object in its group",
                what + ", at byte " + at, "Keras refuses such a file too; check where it comes from");
    }

    private H5Exception unreadable(IOException cause) {
        return new H5Exception(H5Exception.file(name), "the file must be readable", H5Exception.words(cause),
                "Check the disk and that nothing else writes the file", cause);
    }

    private byte[] page(long number) throws H5Exception {
        if (number != lastNumber) {
            byte[] page = pages.get(number);
            if (page == null) {
                page = new byte[(int) Math.min(PAGE, size() - number * PAGE)];
                read(number * PAGE, ByteBuffer.wrap(page));
                pages.put(number, page);
            }
            lastPage = page;
            lastNumber = number;
        }
        return lastPage;
    }

    @Override
    public void close() {
        source.close();
    }
}
