;; Bulk operations of few bytes are plain stores; of many, calls.
(module
  (memory 1)
  (func $f (param i32 i32)
    (memory.fill (local.get 0) (i32.const 0) (i32.const 16))
    (memory.copy (local.get 0) (local.get 1) (i32.const 8))
    (memory.copy (local.get 0) (local.get 1) (i32.const 5000))))

;; Graph
;; b0:
;;   v0 = i64.extend_i32_u p0:i32
;;   call memoryFill(0L, v0, 0, 16L)
;;   v1 = i64.extend_i32_u p1:i32
;;   call memoryCopy(0L, v0, v1, 8L)
;;   call memoryCopy(0L, v0, v1, 5000L)
;;   return
;; Code
;; prologue:
;;   0000  55                             push rbp
;;   0001  48 89 e5                       mov rbp, rsp
;;   0004  41 56                          push r14
;;   0006  48 83 ec 18                    sub rsp, 24
;;   000a  49 3b 26                       cmp rsp, [r14]
;;   000d  0f 82 27 00 00 00              jb +0x3a
;; b0:
;;   0013  89 fa                          mov edx, edi
;;   0015  c5 f8 57 c0                    vxorps xmm0, xmm0, xmm0
;;   0019  41 0f 11 04 17                 movups [r15 + rdx], xmm0
;;   001e  89 f1                          mov ecx, esi
;;   0020  49 8b 04 0f                    mov rax, [r15 + rcx]
;;   0024  49 89 04 17                    mov [r15 + rdx], rax
;;   0028  31 f6                          xor esi, esi
;;   002a  41 b8 88 13 00 00              mov r8d, 0x1388
;;   0030  4d 8b 5e 20                    mov r11, [r14 + 32]
;;   0034  41 ff 53 18                    call [r11 + 24]
;;   0038  c9                             leave
;;   0039  c3                             ret
;; outOfLine:
;;   003a  0f 0b                          ud2
