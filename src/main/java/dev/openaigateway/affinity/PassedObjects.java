package dev.openaigateway.affinity;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.openaigateway.affinity.StoredObjects.Passed;
import dev.openaigateway.call.Call;
import dev.openaigateway.call.Client;
import dev.openaigateway.openai.Errors;
import dev.openaigateway.openai.HttpErrors;
import dev.openaigateway.openai.Json;
import dev.openaigateway.openai.ObjectKind;
import dev.openaigateway.openai.body.PassedRequest;
import dev.openaigateway.openai.passed.TreeSize;
import dev.openaigateway.openai.passed.WrittenFiles;
import dev.openaigateway.routing.Attempt;
import dev.openaigateway.routing.outcome.AttemptFailedException;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The stored objects of requests that are passed through. An object is created at the instance of the objects that the request refers to,
 * else at the client's home, so that all objects of a client are in one resource. Thread-safe.
 */
final class PassedObjects {

    /** Collections of the API whose ids have a beginning such as {@code eval_}, but not always a digit. */
    private static final Pattern BELOW_OBJECT =
            Pattern.compile("(?i)(?:assistants|evals|skills|threads|videos|chatkit/threads|fine_tuning/(?:jobs|checkpoints))/[^/]*[-_].*");

    private final OwnerTable owners;
    private final PassedLists lists;
    private final Homes homes;

    PassedObjects(OwnerTable owners, Homes homes) {
        this.owners = owners;
        this.homes = homes;
        this.lists = new PassedLists(owners);
    }

    /** The objects that the path names; empty if it names a collection. */
    static List<Reference> inPath(PassedRequest request) {
        List<Reference> named = new ArrayList<>();
        ObjectKind kind = request.kind();
        String[] parts = request.rest().split("/");
        for (int i = 0; i < (kind == ObjectKind.OTHER ? parts.length : 1); i++) {
            if (!parts[i].isEmpty()) {
                named.add(new Reference(kind, parts[i], true));
            }
        }
        return named;
    }

    /**
     * Refuses a body whose references cannot be found, or that refers to what all clients have made, and a path of no known kind that names another client's object of a known kind,
     * since an upstream may find that object there.
     *
     * @throws dev.openaigateway.openai.ApiException 403, 404 or 415
     */
    void check(String client, PassedRequest request) {
        if (!Client.isAnonymous(client) && !BodyReferences.canBeFound(request)) {
            throw HttpErrors.unsupportedMediaType("application/json or a form").exception();
        }
        if (!Client.isAnonymous(client) && AccountData.isReadBy(request)) {
            throw Errors.sourceNotAllowed().exception();
        }
        if (request.kind() != ObjectKind.OTHER) {
            return;
        }
        List<Reference> named = new ArrayList<>();
        inPath(request).stream().filter(Reference::isLearntByUse).forEach(part -> Arrays.stream(ObjectKind.values())
                .filter(kind -> kind.path() != null && kind != ObjectKind.MODEL).forEach(kind -> named.add(new Reference(kind, part.id(), true))));
        Map<Digest, Owner> found = owners.find(client, Reference.keys(named));
        for (Reference each : named) {
            Owner owner = found.get(each.digest());
            if (owner != null && !owner.isVisibleTo(client)) {
                throw Errors.objectNotFound(each.kind(), each.id()).exception();
            }
        }
    }

    /**
     * Remembers what the response shows to be created, and forgets what was deleted.
     *
     * @param owner of what the client of the request creates at the instance that responded
     * @return of a list only what the client may see
     * @throws AttemptFailedException if the body should be a list and cannot be read as one
     */
    Passed responded(Attempt attempt, PassedRequest request, Owner owner, byte[] body) {
        if (request.method().equals("DELETE")) {
            inPath(request).stream().filter(named -> request.rest().equals(named.id())).forEach(named -> owners.remove(owner.client(), named.digest()));
            return new Passed(body, null);
        }
        created(request, owner, MadeIds.in(body, request.kind()));
        if (isShared(request) && !Client.isAnonymous(attempt.call().clientName())) {
            JsonNode json = read(attempt.call(), body);
            if (PassedLists.in(json) != null) {
                PageQuery page = new PageQuery(attempt.call().received().query());
                String last = lists.filter(request, owner.client(), json, attempt.furtherCalls() > 0 ? page.limit() : Integer.MAX_VALUE);
                rememberWritten(request, owner, PassedLists.in(json));
                return new Passed(written(json), last == null || !request.method().equals("GET") || page.goesBack() ? null : page.after(last).text());
            }
            if (body.length > 0 && request.method().equals("GET") && (json == null || request.kind() != ObjectKind.OTHER)) {
                throw AttemptFailedException.malformed("a list that cannot be read");
            }
        }
        WrittenFiles.in(body).ifPresent(files -> record(request, owner, files, body));
        return new Passed(body, null);
    }

    /** Null if the body is not one JSON value. The memory of the tree is held until the call is complete. */
    private static JsonNode read(Call call, byte[] body) {
        long bytes = body.length + TreeSize.of(body);
        if (!call.memory().grow(bytes)) {
            throw Errors.memoryFull(call.memory().couldGrow(bytes)).exception();
        }
        try (JsonParser parser = Json.MAPPER.createParser(body)) {
            JsonNode json = Json.MAPPER.readTree(parser);
            return parser.nextToken() == null ? json : null;
        } catch (IOException e) {
            return null;
        }
    }

    private static byte[] written(JsonNode json) {
        try {
            return Json.MAPPER.writeValueAsBytes(json);
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory failed", e);
        }
    }

    private static boolean isCollection(PassedRequest request) {
        return request.rest().isEmpty() || request.kind() == ObjectKind.OTHER;
    }

    /** Whether a list can have objects of several clients. What is listed below an object belongs to it, also if its maker is unknown. */
    boolean isShared(PassedRequest request) {
        return isCollection(request) && !BELOW_OBJECT.matcher(request.path()).matches()
                && inPath(request).stream().noneMatch(named -> named.isLearntByUse() || owners.known(named.digest()) != null);
    }

    /** Remembers an object that the response names only by its address. */
    void created(PassedRequest request, Owner owner, String id) {
        Reference created = new Reference(request.kind(), id, true);
        owners.put(owner.having(!made(request, List.of(created)).isEmpty()), Reference.keys(List.of(created)));
    }

    /** As {@link #responded}, of what is not read as a whole. An event has to say that it is an object: pieces of a text can have ids too. */
    void showing(PassedRequest request, Owner owner, byte[] json, boolean isEvent) {
        MadeIds ids = MadeIds.in(json, request.kind());
        if (!isEvent || ids.isObject()) {
            created(request, owner, ids);
        }
    }

    private void created(PassedRequest request, Owner owner, MadeIds ids) {
        if (!request.method().equals("POST") || !isCollection(request)) {
            return;
        }
        boolean alone = isShared(request);
        List<Reference> shown = Stream.concat(ids.own().stream(), ids.along().stream().filter(each -> alone || each.isOfOneClient()))
                .filter(each -> !owner.having(true).equals(owners.known(each.digest()))).toList();
        Set<Reference> made = made(request, shown);
        shown.stream().filter(each -> made.contains(each) || ids.own().contains(each)).forEach(each -> remember(request, owner.having(made.contains(each)), each));
        if (!shown.isEmpty() && !ids.own().isEmpty()) {
            homes.created(owner, request);
        }
    }

    private void record(PassedRequest request, Owner owner, List<String> files, byte[] body) {
        if (request.kind() == ObjectKind.CONVERSATION && request.rest().contains("/items")) {
            rememberItems(request, owner, body);
        }
        List<Reference> written = files.stream().map(PassedObjects::file).toList();
        Set<Reference> made = made(request, written);
        written.forEach(each -> remember(request, owner.having(made.contains(each)), each));
    }

    private void remember(PassedRequest request, Owner owner, Reference shown) {
        if (owner.isMade() && sendsFile(request, shown.kind())) {
            owners.share(owner, Reference.keys(List.of(shown)));
        } else {
            owners.put(owner, Reference.keys(List.of(shown)));
        }
    }

    /** What of this has been made for the client: the request does not name it, and does not just show what there is. */
    private static Set<Reference> made(PassedRequest request, Collection<Reference> shown) {
        if (shown.isEmpty() || !request.method().equals("POST") && request.kind() != ObjectKind.BATCH) {
            return Set.of();
        }
        Set<String> named = NamedIds.in(request, shown.stream().map(Reference::id).toList());
        return shown.stream().filter(each -> !named.contains(each.id())).collect(Collectors.toSet());
    }

    /** Whether the client has sent the file itself. An upstream that keeps equal files once gives the id of the first one to all who send it. */
    private static boolean sendsFile(PassedRequest request, ObjectKind made) {
        return made == ObjectKind.FILE && (request.kind() == ObjectKind.UPLOAD || request.kind() == ObjectKind.FILE && request.isForm());
    }

    /** The items of a conversation belong to its owner. */
    private void rememberItems(PassedRequest request, Owner owner, byte[] body) {
        Owner known = owners.known(inPath(request).get(0).digest());
        List<Reference> items = ResponseIds.in(body, ObjectKind.ITEM);
        Set<Reference> made = made(request, items);
        for (Reference item : items) {
            owners.put((known == null ? owner : known).having(made.contains(item)), Reference.keys(List.of(item)));
        }
    }

    /** Entries whose files are unknown are batches that the client has listed before it asked for one. */
    private void rememberWritten(PassedRequest request, Owner owner, ArrayNode list) {
        List<Reference> written = new ArrayList<>();
        list.forEach(entry -> WrittenFiles.in(entry).forEach(id -> written.add(file(id))));
        written.stream().collect(Collectors.partitioningBy(made(request, written)::contains))
                .forEach((made, files) -> owners.put(owner.having(made), Reference.keys(files)));
    }

    private static Reference file(String id) {
        return new Reference(ObjectKind.FILE, id, true);
    }
}
