package dev.bulkhead.testkit.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiRequestTest {

    @ParameterizedTest
    @CsvSource({
        "GET,    /api/v1/pods?limit=500,                                  list pods",
        "GET,    /api/v1/namespaces,                                      list namespaces",
        "GET,    /api/v1/namespaces/shop,                                 get namespaces shop",
        "PUT,    /api/v1/namespaces/shop/finalize,                        update namespaces/finalize shop",
        "GET,    /api/v1/namespaces/shop/pods?watch=true&limit=1,         watch pods shop/",
        "POST,   /apis/networking.k8s.io/v1/namespaces/shop/networkpolicies, create networkpolicies shop/",
        "PATCH,  /apis/bulkhead.dev/v1alpha1/namespaces/shop/accessintents/web/status, patch accessintents/status shop/web",
        "DELETE, /apis/bulkhead.dev/v1alpha1/segments/town,               delete segments town",
        "DELETE, /apis/bulkhead.dev/v1alpha1/segments,                    deletecollection segments",
        "GET,    /readyz,                                                 get /readyz",
        "GET,    /apis/networking.k8s.io/v1,                              get /apis/networking.k8s.io/v1",
    })
    void isReadLikeTheAuthorizerReadsIt(String method, String uri, String words) {
        assertEquals(words, ApiRequest.of(method, uri, "test").toString());
    }
}
