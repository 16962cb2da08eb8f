using Hosting;
using Relay.Reports;

namespace Local.Http;

/// <summary>Every address of the relay itself.</summary>
public static class RelayEndpoints
{
    /// <summary>Maps them. All but the health of the relay ask for the key, so that whatever is added here does, too.</summary>
    public static void MapRelay(this IEndpointRouteBuilder app)
    {
        app.MapHealth();

        var keyed = app.MapGroup("");
        keyed.MapReports();
        keyed.MapMetrics();
        keyed.AddEndpointFilter(async (context, next) =>
            context.HttpContext.RequestServices.GetRequiredService<CallerKey>().IsIn(context.HttpContext.Request)
                ? await next(context)
                : new AnswerResult(ReportAnswer.Unauthorized("A valid key is needed in the header x-functions-key.")));
    }
}
