;; Loads and stores of parts.
(module
  (memory 1)
  (func $f (param i32) (result i64)
    (i32.store16 offset=2 (local.get 0) (i32.load8_s (local.get 0)))
    (i64.load32_s offset=8 (local.get 0))))

;; Graph
;; b0:
;;   v0 = i32.load8_s mem[p0:i32+0]
;;   i32.store16 mem[p0:i32+2], v0
;;   v1 = i64.load32_s mem[p0:i32+8]
;;   return v1
;; Code
;; b0:
;;   0000  41 0f be 04 3f                 movsx eax, byte ptr [r15 + rdi]
;;   0005  66 41 89 44 3f 02              mov [r15 + rdi + 2], ax
;;   000b  49 63 44 3f 08                 movsxd rax, dword ptr [r15 + rdi + 8]
;;   0010  c3                             ret
