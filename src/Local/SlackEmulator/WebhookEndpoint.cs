namespace Local.SlackEmulator;

internal static class WebhookEndpoint
{
    public static void MapWebhook(this RouteGroupBuilder slack) =>
        slack.MapPost("/services/{team}/{hook}/{token}", (string team, string hook, EmulatedSlack emulator, HttpContext context) =>
            context.AnswerAsync(body => emulator.PostToWebhook(new WebhookAddress(team, hook), body)));
}
