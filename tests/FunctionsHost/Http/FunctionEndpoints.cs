using FunctionsHost.Worker;
using Local.Http;

namespace FunctionsHost.Http;

/// <summary>The addresses of the functions that are run by HTTP.</summary>
internal static class FunctionEndpoints
{
    /// <summary>Maps them under <c>/api</c>. A method that a function does not take is answered as if nothing were there.</summary>
    public static void MapFunctions(this IEndpointRouteBuilder app, IEnumerable<FunctionMetadata> functions)
    {
        foreach (var function in functions.Where(one => one.IsRunBy("httpTrigger")))
        {
            var methods = function.Trigger["methods"]?.AsArray().Select(method => (string)method!).ToList();
            var needsKey = (string?)function.Trigger["authLevel"] != "Anonymous";
            app.Map($"/api/{function.Trigger["route"] ?? function.Name}", async (HttpContext context, WorkerForwarder forwarder, CallerKey key) =>
            {
                if (methods?.Contains(context.Request.Method, StringComparer.OrdinalIgnoreCase) == false)
                {
                    context.Response.StatusCode = StatusCodes.Status404NotFound;
                }
                else if (needsKey && !key.IsIn(context.Request))
                {
                    context.Response.StatusCode = StatusCodes.Status401Unauthorized;
                }
                else
                {
                    await forwarder.ForwardAsync(context, function);
                }
            });
        }
    }
}
