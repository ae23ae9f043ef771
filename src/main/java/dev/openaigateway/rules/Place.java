package dev.openaigateway.rules;

/**
 * Where a node stands.
 *
 * @param file  the name of the file
 * @param route the id of the route around it; null outside routes
 * @param step  the name of the key around it, such as {@code loadBalance}; null at the top of a file
 */
record Place(String file, String route, String step) {

    static Place top(String file) {
        return new Place(file, null, null);
    }

    Place in(String key) {
        return new Place(file, route, key);
    }

    Place ofRoute(String id) {
        return new Place(file, id, step);
    }

    /** The subject of a sentence about a problem. */
    String subject() {
        if (route != null) {
            return "route '" + route + "'";
        }
        return step == null ? "the file" : "'" + step + "'";
    }
}
