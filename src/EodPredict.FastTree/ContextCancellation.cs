using System.Runtime.CompilerServices;
using Microsoft.ML;

namespace EodPredict.FastTree;

/// <summary>Stops what runs in a context of ML.NET. Its trainers ask between trees; the way to tell them is not public.</summary>
internal static class ContextCancellation
{
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "CancelExecution")]
    public static extern void Cancel(MLContext context);
}
