package dev.openaigateway.redis;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Known reasons for which there is no usable Redis, by words in the message of the failure. The sentences are constants, so they hold no secret. */
final class RedisRefusals {

    private static final Map<String, String> SENTENCES = new LinkedHashMap<>();

    static {
        SENTENCES.put("WRONGPASS", "it refused the user or the password (WRONGPASS)");
        SENTENCES.put("ERR invalid password", "it refused the user or the password (invalid password)");
        SENTENCES.put("NOAUTH", "it requires a password (NOAUTH)");
        // Two versions of Redis say it in two ways.
        SENTENCES.put("without any password configured", "it has no password, but the address gives one (AUTH)");
        SENTENCES.put("no password is set", "it has no password, but the address gives one (AUTH)");
        SENTENCES.put("NOPERM", "its user may not run the gateway's commands or use its keys (NOPERM)");
        SENTENCES.put("max number of clients", "it takes no more clients (maxclients)");
        SENTENCES.put("protected mode", "it is in protected mode and refuses other hosts (DENIED)");
        SENTENCES.put("DB index is out of range", "it has no database of this number");
        SENTENCES.put("cluster support disabled", "it is no cluster");
        SENTENCES.put("GET-MASTER-ADDR-BY-NAME", "it is no Sentinel");
        SENTENCES.put("Can't decode replay", "it does not speak the protocol of Redis");
        SENTENCES.put("Connection refused", "nothing listens there");
        SENTENCES.put("UnknownHostException", "its host name is unknown");
        SENTENCES.put("SSLException", "TLS failed");
        SENTENCES.put("TimeoutException", "it did not respond in time");
    }

    private RedisRefusals() {
    }

    /** Empty if no known words are in the message. */
    static Optional<String> in(String message) {
        return SENTENCES.entrySet().stream().filter(known -> message.contains(known.getKey())).map(Map.Entry::getValue).findFirst();
    }
}
