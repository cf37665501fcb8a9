// What every public header begins with.
#pragma once

/// Public names live in `detente::v1`, which users see as `detente`: a later generation of the interface can then stand
/// beside this one in one process. Inside the library the namespace is not opened, so that the engine's own types
/// (`detente::World`) and the public ones (`detente::v1::World`) do not mix.
#ifdef DETENTE_BUILDING_LIBRARY
#define DETENTE_V1_BEGIN namespace v1 {
#else
#define DETENTE_V1_BEGIN inline namespace v1 {
#endif
#define DETENTE_V1_END }

#if defined(__GNUC__)
#define DETENTE_PUBLIC __attribute__((visibility("default")))
#else
#define DETENTE_PUBLIC
#endif
