using System.Net.Http.Headers;

namespace Local.SlackEmulator;

internal static class WebApiEndpoints
{
    public static void MapWebApi(this RouteGroupBuilder slack)
    {
        slack.MapPost("/api/chat.postMessage", (EmulatedSlack emulator, HttpContext context) =>
            context.AnswerAsync(body => emulator.PostMessage(TokenOf(context.Request), body)));

        slack.MapPost("/api/chat.update", (EmulatedSlack emulator, HttpContext context) =>
            context.AnswerAsync(body => emulator.UpdateMessage(TokenOf(context.Request), body)));
    }

    private static string? TokenOf(HttpRequest request) =>
        AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var header)
        && header.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase)
            ? header.Parameter
            : null;
}
