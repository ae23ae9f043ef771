package dev.openaigateway.tokenizer;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Reads eight bytes of a text as one number. */
final class LittleEndian {

    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private LittleEndian() {
    }

    /** The eight bytes from an index on, the first one lowest. */
    static long longAt(byte[] text, int at) {
        return (long) EIGHT.get(text, at);
    }
}
