package fr.opendamir.api.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is read of bodies. */
class RpcMessageTest {
  @Test
  void requestsNotificationsAndAnswersAreToldApart() {
    RpcMessage request =
        RpcMessage.read(
            "{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"method\":\"ping\",\"params\":{\"b\":1}}");
    assertThat(request.isRequest()).isTrue();
    assertThat(request.id().textValue()).isEqualTo("a");
    assertThat(request.method()).isEqualTo("ping");
    assertThat(request.params().path("b").asInt()).isEqualTo(1);

    RpcMessage notification =
        RpcMessage.read("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
    assertThat(notification.isRequest()).isFalse();
    assertThat(notification.params().isMissingNode()).isTrue();

    RpcMessage withoutParameters =
        RpcMessage.read("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":null}");
    assertThat(withoutParameters.params().isMissingNode()).isTrue();

    assertThat(RpcMessage.read("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}").isRequest())
        .isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | -32700",
        "{ | -32700",
        "{} x | -32700",
        "{'jsonrpc':'2.0','jsonrpc':'2.0'} | -32700",
        "NaN | -32700",
        "1 | -32600",
        "[] | -32600",
        "[{'jsonrpc':'2.0','id':1,'method':'ping'}] | -32600",
        "{'id':1,'method':'ping'} | -32600",
        "{'jsonrpc':2.0,'id':1,'method':'ping'} | -32600",
        "{'jsonrpc':'2.0','id':null,'method':'ping'} | -32600",
        "{'jsonrpc':'2.0','id':1.5,'method':'ping'} | -32600",
        "{'jsonrpc':'2.0','id':{},'method':'ping'} | -32600",
        "{'jsonrpc':'2.0','id':1} | -32600",
        "{'jsonrpc':'2.0','id':1,'method':1} | -32600",
        "{'jsonrpc':'2.0','id':1,'method':'ping','params':[]} | -32602",
      })
  void whatIsNoMessageIsRefused(String body, int code) {
    assertThat(
            catchThrowableOfType(RpcException.class, () -> RpcMessage.read(body.replace('\'', '"')))
                .code())
        .isEqualTo(code);
  }

  @Test
  void nestingEndsSomewhere() {
    String deep = "[".repeat(10_000);
    assertThat(
            catchThrowableOfType(
                    RpcException.class,
                    () ->
                        RpcMessage.read(
                            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":" + deep))
                .code())
        .isEqualTo(RpcException.PARSE_ERROR);
    assertThat(catchThrowableOfType(RpcException.class, () -> RpcMessage.read(null)).code())
        .isEqualTo(RpcException.PARSE_ERROR);
  }
}
