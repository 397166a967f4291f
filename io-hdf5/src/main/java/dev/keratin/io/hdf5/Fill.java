package dev.keratin.io.hdf5;

import dev.keratin.io.hdf5.ObjectHeader.Message;
import java.nio.ByteBuffer;

/** Elements that were never written: all the same, zero unless a fill value message says otherwise (section IV.A.2.f). */
record Fill(byte[] element) implements Storage {
    static Fill read(Fields fields, ObjectHeader header, int size) throws H5Exception {
        Message message = header.find(ObjectHeader.FILL_VALUE);
        byte[] zero = new byte[size];
        if (message == null) {
            return new Fill(zero);
        }
        long at = message.at();
        int version = fields.u8(at);
        boolean given = version == 3 ? (fields.u8(at + 1) & 0x20) != 0 : version == 1 || fields.u8(at + 3) == 1;
        long lengthAt = at + (version == 3 ? 2 : 4);
        if (!given || fields.u32(lengthAt) == 0) {
            return new Fill(zero);
        }
        if (fields.u32(lengthAt) != size) {
            throw fields.damaged(at, "a fill value of another type");
        }
        return new Fill(fields.bytes(lengthAt + 4, size, "a fill value"));
    }

    @Override
    public void read(long from, ByteBuffer target) {
        for (int i = (int) (from % element.length); target.hasRemaining(); i = (i + 1) % element.length) {
            target.put(element[i]);
        }
    }
}
